package dev.hydra.gateway;
import dev.hydra.Component; import dev.hydra.conversation.Conversation; import dev.hydra.settings.Settings; import jakarta.inject.Inject; import java.util.function.Predicate;
@Component
public final class OutsideMedia {
  @Inject OutsideMedia(Settings s) { }
  Conversation inline(Conversation c, Predicate<String> outside) { return c; }
}
