package dev.hydra.dialect.gemini;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a model takes, known from its name. Known old generations are excluded; every other name, also one that nobody has heard of, gets
 * the behaviour of the newest (spec mapping §0.1, §1.6).
 *
 * @param maxOutputTokens the most that {@code maxOutputTokens} may say; more is a 400
 */
record ModelFamily(Generation generation, Kind kind, Thinks thinks, int maxOutputTokens) {
    /** Older than 2.5; 2.5; all later ones. */
    enum Generation {
        OLD, V25, NEWEST
    }

    /** What the model is made for. */
    enum Kind {
        CHAT, IMAGE, SPEECH, GEMMA, OTHER
    }

    /** The words of {@code thinkingLevel}, least first. */
    enum Level {
        MINIMAL, LOW, MEDIUM, HIGH
    }

    /** How thinking is set. */
    sealed interface Thinks {
        /** There is none; {@code thinkingConfig} is a 400. */
        record Never() implements Thinks {
        }

        /** By {@code thinkingBudget}. @param off whether 0 is allowed @param byDefault whether the model thinks when nothing is said */
        record ByBudget(int min, int max, boolean off, boolean byDefault) implements Thinks {
        }

        /** By {@code thinkingLevel}. */
        record ByLevel(Set<Level> allowed) implements Thinks {
        }
    }

    private static final Thinks NEVER = new Thinks.Never();
    private static final Thinks FLASH_25 = new Thinks.ByBudget(1, 24576, true, true);
    private static final Thinks FLASH_LITE_25 = new Thinks.ByBudget(512, 24576, true, false);
    private static final Thinks PRO_25 = new Thinks.ByBudget(128, 32768, false, true);
    private static final Thinks LOW_HIGH = new Thinks.ByLevel(EnumSet.of(Level.LOW, Level.HIGH));
    private static final Thinks MINIMAL_HIGH = new Thinks.ByLevel(EnumSet.of(Level.MINIMAL, Level.HIGH));
    private static final Thinks ALL_LEVELS = new Thinks.ByLevel(EnumSet.allOf(Level.class));
    private static final Thinks NO_MINIMAL = new Thinks.ByLevel(EnumSet.of(Level.LOW, Level.MEDIUM, Level.HIGH));
    private static final int UNKNOWN = Integer.MAX_VALUE;

    /** @param model the provider's name, with or without {@code models/} */
    static ModelFamily of(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        Kind kind = kind(name);
        int version = version(name);
        Generation generation = version < 205 ? Generation.OLD : version < 300 ? Generation.V25 : Generation.NEWEST;
        return new ModelFamily(generation, kind, thinks(name, kind, generation, version), maxOutputTokens(kind, generation));
    }

    boolean isNewest() {
        return generation == Generation.NEWEST;
    }

    boolean isOld() {
        return generation == Generation.OLD;
    }

    /** Whether a system instruction must be said in the first user turn ("Developer instruction is not enabled"). */
    boolean foldsSystem() {
        return kind == Kind.GEMMA || kind == Kind.SPEECH;
    }

    /** Length limit of a function name: 128 by the newest documentation, 64 before. */
    int maxNameLength() {
        return isNewest() ? 128 : 64;
    }

    private static Kind kind(String name) {
        if (name.startsWith("gemma")) {
            return Kind.GEMMA;
        }
        if (name.contains("embedding") || name.startsWith("imagen") || name.startsWith("veo")) {
            return Kind.OTHER;
        }
        if (name.contains("-tts")) {
            return Kind.SPEECH;
        }
        return name.contains("-image") ? Kind.IMAGE : Kind.CHAT;
    }

    /** Hundreds are the major, the rest the minor number: 2.5 is 205. */
    private static int version(String name) {
        if (!name.startsWith("gemini-")) {
            return name.startsWith("learnlm") ? 200 : name.startsWith("gemma") ? 205 : UNKNOWN;
        }
        String rest = name.substring("gemini-".length());
        if (rest.equals("pro") || rest.equals("pro-vision") || rest.startsWith("ultra")) {
            return 100;
        }
        if (rest.startsWith("exp-1")) {
            return 200; // gemini-exp-1206 and its sisters were previews of 2.0
        }
        if (rest.startsWith("robotics-er-1")) {
            return 205; // its own number; built on 2.5 Flash
        }
        int dash = rest.indexOf('-');
        String first = dash < 0 ? rest : rest.substring(0, dash);
        int found = number(first, false);
        if (found == UNKNOWN && dash > 0) { // gemini-live-2.5-flash-preview
            int next = rest.indexOf('-', dash + 1);
            found = number(next < 0 ? rest.substring(dash + 1) : rest.substring(dash + 1, next), true);
        }
        return found;
    }

    /** A version such as {@code 3} or {@code 2.5}; dates such as {@code 03} and {@code 1206} are none. */
    private static int number(String text, boolean needsPoint) {
        int point = text.indexOf('.');
        String major = point < 0 ? text : text.substring(0, point);
        if (point < 0 && needsPoint || !isNumber(major) || major.charAt(0) == '0') {
            return UNKNOWN;
        }
        String minor = point < 0 ? "0" : text.substring(point + 1);
        return isNumber(minor) ? Integer.parseInt(major) * 100 + Integer.parseInt(minor) : Integer.parseInt(major) * 100;
    }

    private static boolean isNumber(String text) {
        return (text.length() == 1 || text.length() == 2) && isDigit(text.charAt(0)) && isDigit(text.charAt(text.length() - 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Thinks thinks(String name, Kind kind, Generation generation, int version) {
        if (generation == Generation.OLD || kind != Kind.CHAT && kind != Kind.IMAGE) {
            return NEVER;
        }
        if (generation == Generation.V25) {
            if (kind == Kind.IMAGE) {
                return NEVER;
            }
            return name.contains("flash-lite") ? FLASH_LITE_25 : name.contains("pro") ? PRO_25 : FLASH_25;
        }
        return levels(name, kind, version);
    }

    private static Thinks levels(String name, Kind kind, int version) {
        if (version == 300 && name.contains("pro")) {
            return LOW_HIGH;
        }
        if (kind == Kind.IMAGE || version == 301 && name.contains("flash-lite-preview")) {
            return MINIMAL_HIGH;
        }
        return version <= 306 && name.contains("flash") ? ALL_LEVELS : NO_MINIMAL;
    }

    private static int maxOutputTokens(Kind kind, Generation generation) {
        return switch (kind) {
            case IMAGE -> 32768;
            case SPEECH -> 16384;
            case GEMMA -> 8192;
            case CHAT, OTHER -> generation == Generation.OLD ? 8192 : 65536;
        };
    }
}
