package io.tollgate.identity;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.util.List;

/**
 * The limits that keep registration and sign-in from being flooded and codes from being guessed.
 * They are counted in the database, for all processes together.
 *
 * @param askedHourMax registrations and mails that one network address may ask for within an hour
 * @param mailsHourMax mails to one address within an hour; more are asked for in vain
 * @param tokensHourMax links, refreshes and sign-ons that one network address may try within an
 *     hour
 * @param accountFailures failed logins of one account from all addresses, within the time of a
 *     lock, after which it is locked for addresses that it was not signed in from before
 */
public record PassportLimits(
    int askedHourMax, int mailsHourMax, int tokensHourMax, int accountFailures) {
  static final Setting<Integer> ASKED =
      Setting.number(
          "identity.register.address.hour.max",
          30,
          1,
          1_000_000,
          "Registrations and mails that one network address may ask for within an hour.");
  static final Setting<Integer> MAILS =
      Setting.number(
          "identity.mails.hour.max",
          5,
          1,
          1_000,
          "Mails to one address within an hour; what more is asked for is answered alike, and not"
              + " sent.");
  static final Setting<Integer> TOKENS =
      Setting.number(
          "identity.tokens.address.hour.max",
          600,
          10,
          1_000_000,
          "Links from mails, refreshes and sign-ons that one network address may try within an"
              + " hour.");
  static final Setting<Integer> ACCOUNT_FAILURES =
      Setting.number(
          "identity.login.account.failures",
          100,
          10,
          100_000,
          "Failed logins of one account from all addresses together, within the time of a lock,"
              + " after which it is locked for addresses that it was not signed in from before.");

  static List<Setting<?>> settings() {
    return List.of(ASKED, MAILS, TOKENS, ACCOUNT_FAILURES);
  }

  static PassportLimits from(Settings settings) {
    return new PassportLimits(
        settings.get(ASKED),
        settings.get(MAILS),
        settings.get(TOKENS),
        settings.get(ACCOUNT_FAILURES));
  }
}
