package io.tollgate.app;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ground.config.SettingsException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;

/**
 * Secrets given as flags: everybody on the machine can read them in the list of processes, and
 * shells keep them. Refused in production, warned of elsewhere.
 */
final class SecretFlags {
  private SecretFlags() {}

  /**
   * Looks at the flags of a command.
   *
   * @param flags names of settings given as flags, without leading dashes
   * @throws SettingsException in production, saying where the secret belongs
   */
  static void check(Set<String> flags, Settings settings, PrintWriter err) {
    boolean production = settings.get(AppConfig.ENVIRONMENT) == AppConfig.Environment.PRODUCTION;
    for (Setting<?> setting : KnownSettings.all()) {
      String flag = setting.name().replace('.', '-');
      if (setting.secret() && flags.contains(flag)) {
        String advice =
            "--"
                + flag
                + " is a secret in a command line, which everybody on the machine can read"
                + " (expected: the environment, "
                + Settings.ENVIRONMENT_PREFIX
                + setting.name().toUpperCase(Locale.ROOT).replace('.', '_')
                + ", or tollgate.yaml with mode 600)";
        if (production) {
          throw new SettingsException(advice);
        }
        err.println("tollgate: warning: " + advice);
      }
    }
  }
}
