package dev.hydra.api;

import dev.hydra.Component;
import dev.hydra.dialect.Failure;
import dev.hydra.dialect.Failure.Kind;
import dev.hydra.settings.Settings;
import dev.hydra.wire.ByteBudget;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
@Component
public final class Bodies {
  sealed interface Intake { record Refused(Failure failure) implements Intake {} record Taken(byte[] bytes, ByteBudget.Share share) implements Intake {} }
  @Inject Bodies(Settings s) {}
  Intake read(HttpServletRequest r) { try { return new Intake.Taken(r.getInputStream().readAllBytes(), () -> {}); } catch (IOException e) { return new Intake.Refused(Failure.of(Kind.INVALID_REQUEST, "cut")); } }
}
