package dev.hydra.dialect.gemini;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/** Lower and upper bounds of numbers: the targets know only inclusive ones, into which those of integers can be turned. */
final class SchemaBounds {
    private SchemaBounds() {
    }

    static void write(JsonObject schema, Set<String> types, JsonObjectBuilder out, SchemaHints hints) {
        boolean integer = types.contains("integer") && !types.contains("number");
        bound(schema, "minimum", "exclusiveMinimum", integer ? 1 : 0, out, hints);
        bound(schema, "maximum", "exclusiveMaximum", integer ? -1 : 0, out, hints);
    }

    /** @param step from an exclusive bound of integers to the inclusive one; 0 when there is none */
    private static void bound(JsonObject schema, String keyword, String exclusive, int step, JsonObjectBuilder out, SchemaHints hints) {
        JsonValue inclusive = schema.get(keyword);
        JsonValue beyond = schema.get(exclusive);
        if (beyond == JsonValue.TRUE && inclusive instanceof JsonNumber) { // draft 4: a switch beside the bound
            beyond = inclusive;
            inclusive = JsonValue.NULL;
        }
        if (beyond instanceof JsonNumber number && step != 0 && Members.isModest(number.bigDecimalValue())) {
            BigDecimal edge = inside(number.bigDecimalValue(), step);
            boolean tighter = !(inclusive instanceof JsonNumber other) || edge.compareTo(other.bigDecimalValue()) * step > 0;
            if (tighter) {
                out.add(keyword, edge);
                return;
            }
        } else if (beyond instanceof JsonNumber number) {
            hints.tell(exclusive, number);
        }
        if (inclusive instanceof JsonNumber number) {
            out.add(keyword, number);
        }
    }

    /** The first integer inside an exclusive bound. */
    private static BigDecimal inside(BigDecimal bound, int step) {
        return bound.setScale(0, step > 0 ? RoundingMode.FLOOR : RoundingMode.CEILING).add(BigDecimal.valueOf(step));
    }
}
