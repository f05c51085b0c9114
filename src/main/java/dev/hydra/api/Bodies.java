package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.settings.Settings;
import dev.hydra.wire.BodyReader;
import dev.hydra.wire.ByteBudget;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Takes requests' bodies in, bounded one by one and all together (design §10.12). */
@Component
public final class Bodies {
    private final BodyReader reader;

    @Inject
    Bodies(Settings settings) {
        this.reader = new BodyReader(new ByteBudget(settings.limits().inFlight()), settings.limits().body());
    }

    /** What came of a body. */
    sealed interface Intake {
        /** It was not taken. */
        record Refused(Failure failure) implements Intake {
        }

        /** It was taken; {@code share} is to be closed when the request is over. */
        record Taken(byte[] bytes, ByteBudget.Share share) implements Intake {
        }
    }

    Intake read(HttpServletRequest request) {
        try {
            return switch (reader.read(request.getInputStream(), request.getContentLengthLong())) {
                case BodyReader.Outcome.Complete complete -> new Intake.Taken(complete.bytes(), complete.share());
                case BodyReader.Outcome.TooLarge tooLarge -> new Intake.Refused(
                        Failure.of(Kind.TOO_LARGE, "The request's body is larger than " + tooLarge.limit() + " bytes."));
                case BodyReader.Outcome.NoRoom none -> new Intake.Refused(new Failure(Kind.OVERLOADED,
                        "Too many large requests are being worked on; try again.", "", Optional.of(Duration.ofSeconds(1))));
            };
        } catch (IOException e) {
            return new Intake.Refused(Failure.of(Kind.INVALID_REQUEST, "The request's body broke off before its end."));
        }
    }
}
