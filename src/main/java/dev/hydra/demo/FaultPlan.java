package dev.hydra.demo;

import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Which fault strikes next: those queued for one request first, then the lasting ones of the key, then those of the model. */
final class FaultPlan {
    private final Queue<Fault> queued = new ConcurrentLinkedQueue<>();
    private final Map<String, Queue<Fault>> queuedByKey = new ConcurrentHashMap<>();
    private final Map<String, Fault> byKey = new ConcurrentHashMap<>();
    private final Map<String, Fault> byModel = new ConcurrentHashMap<>();

    void enqueue(Fault fault) {
        queued.add(fault);
    }

    void enqueueFor(String key, Fault fault) {
        queuedByKey.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>()).add(fault);
    }

    void failKey(String key, Fault fault) {
        byKey.put(key, fault);
    }

    void failModel(String model, Fault fault) {
        byModel.put(model, fault);
    }

    void repairKey(String key) {
        byKey.remove(key);
        queuedByKey.remove(key);
    }

    void repairModel(String model) {
        byModel.remove(model);
    }

    void clear() {
        queued.clear();
        queuedByKey.clear();
        byKey.clear();
        byModel.clear();
    }

    /** The fault for a generation request, taken from its queue if it came from one. */
    Optional<Fault> next(String key, String model) {
        Fault fault = queued.poll();
        if (fault == null && !queuedByKey.isEmpty()) {
            Queue<Fault> own = queuedByKey.get(key);
            fault = own == null ? null : own.poll();
        }
        if (fault == null) {
            fault = byKey.get(key);
        }
        return Optional.ofNullable(fault == null ? byModel.get(model) : fault);
    }

    /** The lasting fault of a key, for requests that generate nothing. */
    Optional<Fault> ofKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }
}
