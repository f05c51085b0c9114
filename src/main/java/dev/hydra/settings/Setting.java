package dev.hydra.settings;

/**
 * One setting as it is in force, to be shown.
 *
 * @param text   its value in an operator's words; stars in place of a secret, empty when nothing is set
 * @param origin where it came from
 */
public record Setting(SettingName<?> name, String text, Origin origin) {
}
