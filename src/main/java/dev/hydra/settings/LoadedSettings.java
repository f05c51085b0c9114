package dev.hydra.settings;

import java.util.List;

/**
 * The settings with their story.
 *
 * @param values   every setting there is, in the order of {@link SettingName#ALL}
 * @param warnings lines for the operator, e.g. about a misspelt name in the environment
 */
public record LoadedSettings(Settings settings, List<Setting> values, List<String> warnings) {
}
