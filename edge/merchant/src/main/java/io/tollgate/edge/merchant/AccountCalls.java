package io.tollgate.edge.merchant;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Users;
import io.tollgate.trading.engine.AccountType;
import io.tollgate.trading.engine.Credentials;
import io.tollgate.trading.engine.ExchangeAccount;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.trading.engine.ExchangeAccounts.NewAccount;
import io.tollgate.trading.exchange.Exchange;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Exchange accounts of users. */
final class AccountCalls {
  private static final Sentence EXCHANGE =
      new Sentence("binance、okx 或 gate", "binance, okx or gate");
  private static final Sentence TYPE = new Sentence("futures 或 spot", "futures or spot");
  private static final Sentence KEY =
      new Sentence("8 至 256 个可见字符，不含空格", "8 to 256 printable characters without spaces");
  private static final Sentence PASSPHRASE = new Sentence("1 至 64 个字符", "1 to 64 characters");
  private static final int LONGEST_WORD = 20;
  private static final int SHORTEST_KEY = 8;
  private static final int LONGEST_KEY = 256;
  private static final int LONGEST_PASSPHRASE = 64;

  private final Transactions transactions;
  private final Users users;
  private final ExchangeAccounts accounts;

  AccountCalls(Contexts contexts) {
    this.transactions = contexts.transactions();
    this.users = contexts.identity().users();
    this.accounts = contexts.engine().accounts();
  }

  List<MerchantCall> all() {
    return List.of(
        MerchantCall.post("/merchant/user/apikey", this::bind),
        MerchantCall.post("/merchant/user/apikey/unbind", this::unbind));
  }

  private String bind(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    Exchange exchange = exchange(parameters.requireText("exchange", LONGEST_WORD, EXCHANGE));
    AccountType type =
        parameters
            .text("account_type", LONGEST_WORD, TYPE)
            .map(AccountCalls::type)
            .orElse(AccountType.FUTURES);
    String key = key(parameters, "api_key");
    String secret = key(parameters, "api_secret");
    Optional<String> passphrase = parameters.secret("passphrase");
    if (exchange.wantsPassphrase() && passphrase.isEmpty()) {
      throw MerchantFault.invalid(Sentence.missing("passphrase", PASSPHRASE));
    }
    passphrase.ifPresent(AccountCalls::requirePassphrase);
    Credentials credentials = new Credentials(key, secret, passphrase);
    ExchangeAccount account =
        Caller.explaining(
            Map.of(
                ErrorCode.CONFLICT,
                new Sentence("该 api_key 已被其他用户绑定", "the api_key is bound by another user")),
            () ->
                transactions.write(
                    transaction -> {
                      UserId user = caller.user(transaction, users, email).id();
                      return accounts.bind(
                          transaction,
                          new NewAccount(caller.id(), user, exchange, type, false, credentials));
                    }));
    return Data.of(new Bound(account.id(), account.exchange().code(), account.type().code()));
  }

  private String unbind(Caller caller, Parameters parameters) {
    String email = parameters.requireEmail("email");
    long account = parameters.requireId("account_id");
    return Caller.explaining(
        Map.of(
            ErrorCode.NOT_FOUND,
            noAccount(account),
            ErrorCode.CONFLICT,
            new Sentence(
                "该账户仍有运行中的策略，请先关闭", "a strategy still runs on the account; close it first")),
        () ->
            transactions.write(
                transaction -> {
                  UserId user = caller.user(transaction, users, email).id();
                  accounts.unbind(transaction, caller.id(), user, account);
                  return Data.NOTHING;
                }));
  }

  static Sentence noAccount(long account) {
    return Sentence.wrong(
        "account_id", Long.toString(account), new Sentence("该用户已绑定的账户", "an account of the user"));
  }

  private static Exchange exchange(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "binance" -> Exchange.BINANCE;
      case "okx" -> Exchange.OKX;
      case "gate" -> Exchange.GATE;
      default -> throw MerchantFault.invalid(Sentence.wrong("exchange", text, EXCHANGE));
    };
  }

  private static AccountType type(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "futures" -> AccountType.FUTURES;
      case "spot" -> AccountType.SPOT;
      default -> throw MerchantFault.invalid(Sentence.wrong("account_type", text, TYPE));
    };
  }

  /** A key or secret; spaces around are those of whoever copied it. */
  private static String key(Parameters parameters, String name) {
    String key = parameters.requireSecret(name, KEY).strip();
    boolean fits =
        key.length() >= SHORTEST_KEY
            && key.length() <= LONGEST_KEY
            && key.chars().allMatch(c -> c > ' ' && c <= '~');
    if (!fits) {
      throw MerchantFault.invalid(Sentence.wrongHidden(name, Integer.toString(key.length()), KEY));
    }
    return key;
  }

  private static void requirePassphrase(String text) {
    if (text.length() > LONGEST_PASSPHRASE || text.chars().anyMatch(Character::isISOControl)) {
      throw MerchantFault.invalid(
          Sentence.wrongHidden("passphrase", Integer.toString(text.length()), PASSPHRASE));
    }
  }

  private record Bound(long accountId, String exchange, String accountType) {}
}
