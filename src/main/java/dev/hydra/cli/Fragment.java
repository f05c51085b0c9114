package dev.hydra.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Finds the one thing that a user means by a part of its names. */
final class Fragment {
    private static final int MOST_SHOWN = 5;

    private Fragment() {
    }

    /**
     * The thing with a name that equals the text, or else the only one with a name that contains it; case does not matter.
     *
     * @param names the first is shown where the text fits several things
     * @throws CommandFailed when there is none, or more than one
     */
    static <T> T find(String text, List<T> things, String kind, List<Function<T, String>> names) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            throw new CommandFailed("Say which " + kind + ".");
        }
        List<T> same = things.stream().filter(thing -> names.stream().anyMatch(name -> lower(name, thing).equals(wanted))).toList();
        List<T> found = same.isEmpty()
                ? things.stream().filter(thing -> names.stream().anyMatch(name -> lower(name, thing).contains(wanted))).toList() : same;
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw new CommandFailed("There is no " + kind + " with \"" + text + "\".");
        }
        List<String> shown = found.stream().limit(MOST_SHOWN).map(thing -> names.getFirst().apply(thing)).toList();
        throw new CommandFailed("\"" + text + "\" fits " + found.size() + " of them (" + String.join(", ", shown)
                + (found.size() > MOST_SHOWN ? ", ..." : "") + "); write more of it.");
    }

    private static <T> String lower(Function<T, String> name, T thing) {
        return name.apply(thing).toLowerCase(Locale.ROOT);
    }
}
