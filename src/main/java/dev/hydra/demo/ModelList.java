package dev.hydra.demo;

import dev.hydra.wire.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** models.list, in pages, and models.get. */
final class ModelList {
    private final List<SimulatedModel> models;
    private final Delivery delivery;

    ModelList(List<SimulatedModel> models, Delivery delivery) {
        this.models = models;
        this.delivery = delivery;
    }

    /** The called model, if there is one that can do what is asked. */
    Optional<SimulatedModel> able(Target target) {
        return SimulatedModel.find(models, target.model()).filter(model -> model.methods().contains(target.capability()));
    }

    void get(Exchange exchange) throws IOException {
        if (!"GET".equals(exchange.request().method())) {
            delivery.refuse(exchange.reply(), ApiError.of(405, "UNIMPLEMENTED", "Method not allowed."), exchange.shape());
        } else if (exchange.target().model().isEmpty()) {
            page(exchange);
        } else {
            Optional<SimulatedModel> model = SimulatedModel.find(models, exchange.target().model());
            if (model.isPresent()) {
                exchange.reply().whole(200, "application/json; charset=UTF-8", Json.bytes(model.get().json()));
            } else {
                delivery.refuse(exchange.reply(), ApiError.of(404, "NOT_FOUND", "Model is not found: models/"
                        + exchange.target().model() + " for api version " + exchange.target().version()), exchange.shape());
            }
        }
    }

    private void page(Exchange exchange) throws IOException {
        int size = exchange.request().parameter("pageSize").filter(text -> text.chars().allMatch(Character::isDigit) && text.length() < 9)
                .map(Integer::valueOf).filter(n -> n > 0).orElse(50);
        int from = exchange.request().parameter("pageToken").map(ModelList::offset).orElse(0);
        if (from < 0 || from > models.size()) {
            delivery.refuse(exchange.reply(), ApiError.invalid("Page token is invalid."), exchange.shape());
            return;
        }
        int to = Math.min(models.size(), from + Math.min(size, 1000));
        JsonArrayBuilder list = Json.arrayBuilder();
        models.subList(from, to).forEach(model -> list.add(model.json()));
        JsonObjectBuilder page = Json.objectBuilder().add("models", list);
        if (to < models.size()) {
            page.add("nextPageToken", Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(("models/" + to).getBytes(StandardCharsets.US_ASCII)));
        }
        exchange.reply().whole(200, "application/json; charset=UTF-8", Json.bytes(page.build()));
    }

    /** Where the page begins, -1 when the token is not one of ours. */
    private static int offset(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            return text.startsWith("models/") ? Integer.parseInt(text.substring("models/".length())) : -1;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }
}
