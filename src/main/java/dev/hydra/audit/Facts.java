package dev.hydra.audit;

import dev.hydra.gateway.Attempt;
import dev.hydra.gateway.Exchange;
import dev.hydra.secret.Redaction;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes an {@link AuditEntry} of an exchange: texts fit their columns and hold no key, whatever a client or a provider wrote. */
final class Facts {
    private static final int LONG = 4000;
    private static final int MEDIUM = 1000;
    private static final int NAME = 200;
    private static final int SHORT = 64;
    private static final int WORD = 32;

    /** Control characters: PostgreSQL takes no NUL. Lone surrogates: no character set has them. */
    private static final Pattern UNSTORABLE = Pattern.compile("\\p{Cntrl}|\\p{Cs}");

    private Facts() {
    }

    static AuditEntry of(Exchange exchange, String id) {
        List<Attempt> attempts = exchange.attempts();
        return new AuditEntry(id,
                new AuditEntry.Who(fit(exchange.caller().tokenId().orElse(""), SHORT), fit(exchange.caller().name(), NAME),
                        fit(exchange.caller().address(), SHORT)),
                new AuditEntry.Asked(exchange.started(), fit(exchange.id(), SHORT), fit(exchange.dialect(), WORD),
                        fit(exchange.model(), NAME),
                        exchange.streamed(), exchange.bytesIn()),
                tried(attempts),
                new AuditEntry.Answered(exchange.status(), exchange.took().toMillis(),
                        exchange.firstByte().map(Duration::toMillis).orElse(null),
                        exchange.bytesOut(), fit(String.join(",", exchange.ignored()), MEDIUM), fit(exchange.failure(), MEDIUM)),
                new AuditEntry.Tokens(exchange.usage().prompt(), exchange.usage().cached(), exchange.usage().completion(),
                        exchange.usage().reasoning(), exchange.usage().total()));
    }

    static AdminEvent of(AdminEvent event, String id) {
        return new AdminEvent(id, event.moment(), fit(event.actor(), NAME), fit(event.address(), SHORT), fit(event.action(), 100),
                fit(event.subject(), MEDIUM));
    }

    private static AuditEntry.Tried tried(List<Attempt> attempts) {
        if (attempts.isEmpty()) {
            return new AuditEntry.Tried("", "", "", 0, "");
        }
        Attempt last = attempts.getLast();
        return new AuditEntry.Tried(fit(last.model(), NAME), fit(last.upstream(), SHORT), fit(last.key(), SHORT), attempts.size(),
                fit(attempts.stream().map(Facts::words).collect(Collectors.joining("; ")), LONG));
    }

    private static String words(Attempt attempt) {
        return attempt.upstream() + "/" + attempt.model() + " " + attempt.key() + " " + attempt.verdict() + " " + attempt.status() + " "
                + attempt.took().toMillis() + "ms";
    }

    /** Looks first, since nearly every text is plain and the pattern costs more than all else here. */
    private static String storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return UNSTORABLE.matcher(text).replaceAll("?");
            }
        }
        return text;
    }

    private static String fit(String text, int length) {
        String clean = storable(Redaction.text(text));
        if (clean.length() <= length) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(length - 1)) ? length - 1 : length);
    }
}
