package dev.hydra.dialect.images;

import dev.hydra.dialect.Field;
import dev.hydra.dialect.Ignored;
import java.util.List;
import java.util.Optional;

/** OpenAI's pixels and qualities as the shapes and sizes that Gemini's picture models know (spec mapping §7.2). */
final class PictureSize {
    private static final List<String> RATIOS = List.of("1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9");

    private PictureSize() {
    }

    /** The shape nearest to a size such as {@code 1536x1024}; empty when none is asked for. @throws dev.hydra.dialect.InvalidRequest for anything else */
    static Optional<String> ratio(Field size) {
        String said = size.textOr("auto");
        if (said.equals("auto")) {
            return Optional.empty();
        }
        if (RATIOS.contains(said)) {
            return Optional.of(said);
        }
        int cross = said.indexOf('x');
        int width = pixels(said.substring(0, Math.max(0, cross)));
        int height = pixels(said.substring(cross + 1));
        if (cross < 0 || width == 0 || height == 0) {
            throw size.invalid("must be auto or width x height in pixels, as in 1024x1024, but is '" + said + "'");
        }
        return Optional.of(nearest((double) width / height));
    }

    private static int pixels(String digits) {
        boolean plain = !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(digits) : 0;
    }

    private static String nearest(double wanted) {
        String best = RATIOS.getFirst();
        double least = Double.MAX_VALUE;
        for (String ratio : RATIOS) {
            int colon = ratio.indexOf(':');
            double shape = Double.parseDouble(ratio.substring(0, colon)) / Double.parseDouble(ratio.substring(colon + 1));
            double off = Math.abs(Math.log(wanted / shape));
            if (off < least) {
                least = off;
                best = ratio;
            }
        }
        return best;
    }

    /** The resolution; empty when none is asked for. Before Gemini 3 there is one size only: the wish is then listed. */
    static Optional<String> resolution(Field quality, String model, Ignored ignored) {
        Optional<String> size = switch (quality.textOr("auto")) {
            case "auto", "standard" -> Optional.empty();
            case "low", "medium", "1K" -> Optional.of("1K");
            case "high", "hd", "2K" -> Optional.of("2K");
            case "4K" -> Optional.of("4K");
            default -> throw quality.unknown(List.of("auto", "low", "medium", "high", "standard", "hd", "1K", "2K", "4K"));
        };
        if (size.isPresent() && (model.contains("gemini-2.") || model.contains("gemini-1."))) {
            ignored.add(quality.path());
            return Optional.empty();
        }
        return size;
    }
}
