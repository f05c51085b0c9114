package dev.hydra.demo;

/**
 * One request on its way.
 *
 * @param key empty when the request has none
 */
record Exchange(RecordedRequest request, Target target, HttpReply reply, Delivery.Shape shape, String key) {
    Refusal.Circumstances about(String project) {
        return new Refusal.Circumstances(key, project, target.model(), target.version(), target.method());
    }
}
