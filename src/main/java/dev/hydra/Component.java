package dev.hydra;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Singleton;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * There is one of it, made by CDI through its {@code @Inject} constructor.
 *
 * <p>A stereotype, because {@code @Singleton} alone is not found by annotated bean discovery, and because {@code @ApplicationScoped} would
 * forbid final classes and put a proxy between callers and the hot path.
 */
@Stereotype
@Singleton
@Documented
@Retention(RUNTIME)
@Target(TYPE)
public @interface Component {
}
