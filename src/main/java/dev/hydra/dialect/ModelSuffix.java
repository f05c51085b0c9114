package dev.hydra.dialect;

import dev.hydra.conversation.Conversation;
import dev.hydra.conversation.Options;
import dev.hydra.conversation.Thinking;
import dev.hydra.conversation.Tool;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A wish that a client puts behind a model's name, because its own format or its settings have no place for it (product API-9; spec peers). */
public enum ModelSuffix {
    /** The model may search the web. */
    SEARCH("-search") {
        @Override
        public Conversation on(Conversation asked) {
            if (asked.tools().stream().anyMatch(tool -> tool instanceof Tool.Hosted hosted && hosted.kind() == Tool.Kind.WEB_SEARCH)) {
                return asked;
            }
            List<Tool> tools = new ArrayList<>(asked.tools());
            tools.add(new Tool.Hosted(Tool.Kind.WEB_SEARCH, JsonValue.EMPTY_JSON_OBJECT));
            return new Conversation(asked.system(), asked.turns(), List.copyOf(tools), asked.toolChoice(), asked.options());
        }
    },
    /** The answer may hold pictures beside text. */
    IMAGE("-image") {
        @Override
        public Conversation on(Conversation asked) {
            Options said = asked.options();
            return with(asked, said.thinking(), List.of("text", "image"));
        }
    },
    /** The model thinks as little as it can. */
    NON_THINKING("-non-thinking") {
        @Override
        public Conversation on(Conversation asked) {
            return with(asked, new Thinking(new Thinking.Amount.Off(), Optional.of(false)), asked.options().modalities());
        }
    };

    private final String text;

    ModelSuffix(String text) {
        this.text = text;
    }

    /** The conversation with the wish in it. */
    public abstract Conversation on(Conversation asked);

    /** The conversation with all the wishes in it. */
    public static Conversation on(Conversation asked, Set<ModelSuffix> suffixes) {
        Conversation result = asked;
        for (ModelSuffix suffix : suffixes) {
            result = suffix.on(result);
        }
        return result;
    }

    /** A name without its suffixes. @param model plain name, e.g. {@code gemini-2.5-flash} @param suffixes none or several */
    public record Named(String model, Set<ModelSuffix> suffixes) {
        /** A name as it is. */
        public static Named plain(String model) {
            return new Named(model, Set.of());
        }

        /** The last suffix taken off; empty when there is none. */
        public Optional<Named> shorter() {
            for (ModelSuffix suffix : values()) {
                if (model.endsWith(suffix.text) && model.length() > suffix.text.length()) {
                    Set<ModelSuffix> more = EnumSet.of(suffix);
                    more.addAll(suffixes);
                    return Optional.of(new Named(model.substring(0, model.length() - suffix.text.length()), more));
                }
            }
            return Optional.empty();
        }
    }

    private static Conversation with(Conversation asked, Thinking thinking, List<String> modalities) {
        Options said = asked.options();
        Options options = new Options(said.sampling(), thinking, said.format(), said.maxTokens(), said.stop(), said.candidates(),
                said.topLogprobs(), said.parallelCalls(), modalities, said.voice(), said.serviceTier(), said.google());
        return new Conversation(asked.system(), asked.turns(), asked.tools(), asked.toolChoice(), options);
    }
}
