package dev.hydra.keys;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A model of a stored list of models. */
@Entity
@Table(name = "provider_model")
class ModelRow {
    @Id
    String id = "";
    String listId = "";
    String model = "";
    String displayName = "";
    long inputLimit;
    long outputLimit;
    String methods = "";

    /** For Hibernate. */
    ModelRow() {
    }

    ModelRow(String listId, ModelEntry entry) {
        this.id = listId + ':' + entry.id();
        this.listId = listId;
        this.model = entry.id();
        this.displayName = entry.displayName();
        this.inputLimit = entry.inputTokenLimit();
        this.outputLimit = entry.outputTokenLimit();
        this.methods = String.join(",", new TreeSet<>(entry.methods()));
    }

    ModelEntry entry() {
        Set<String> all = Arrays.stream(methods.split(",")).filter(method -> !method.isEmpty()).collect(Collectors.toUnmodifiableSet());
        return new ModelEntry(model, displayName, inputLimit, outputLimit, all);
    }
}
