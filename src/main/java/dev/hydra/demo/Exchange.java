package dev.hydra.demo;

/**
 * One request on its way.
 *
 * @param key empty when the request has none
 */
record Exchange(RecordedRequest request, Call call, HttpReply reply, Delivery.Shape shape, String key) {
    Refusal.Circumstances about(String project) {
        return new Refusal.Circumstances(key, project, call.model(), call.version(), call.method());
    }
}
