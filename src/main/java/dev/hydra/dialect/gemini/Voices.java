package dev.hydra.dialect.gemini;

import java.util.Locale;
import java.util.Map;

/**
 * Voices by OpenAI's names, each with a Gemini voice of like character; any other name is taken for one of Gemini's own (spec mapping
 * §7.3).
 */
final class Voices {
    private static final Map<String, String> BY_OPENAI_NAME = Map.ofEntries(Map.entry("alloy", "Kore"), Map.entry("ash", "Orus"),
            Map.entry("ballad", "Enceladus"), Map.entry("coral", "Leda"), Map.entry("echo", "Puck"), Map.entry("fable", "Charon"),
            Map.entry("onyx", "Algenib"), Map.entry("nova", "Aoede"), Map.entry("sage", "Callirrhoe"), Map.entry("shimmer", "Zephyr"),
            Map.entry("verse", "Fenrir"), Map.entry("marin", "Sulafat"), Map.entry("cedar", "Iapetus"));

    private Voices() {
    }

    static String named(String voice) {
        return BY_OPENAI_NAME.getOrDefault(voice.toLowerCase(Locale.ROOT), voice);
    }
}
