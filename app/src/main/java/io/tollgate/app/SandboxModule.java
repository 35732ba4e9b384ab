package io.tollgate.app;

import io.tollgate.billing.ModelPrice;
import io.tollgate.contracts.Protocol;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.relay.accounts.NewProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.ProviderAccounts;
import io.tollgate.sandbox.ExchangeKeys;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.sandbox.SandboxStartException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Opens the sandbox, which knows nothing of ours, for the program. */
final class SandboxModule implements ProgramModule {
  static final Setting<Integer> PORT =
      Setting.port("sandbox.port", 18_190, "Port of the sandbox provider.");
  private static final Setting<Integer> SCRIPT_PORT =
      Setting.port(
          "sandbox.script.port",
          0,
          "Port of a scripted upstream before the sandbox provider; 0: none (docs/sandbox.md).");

  static final ModuleEntry<SandboxModule> ENTRY =
      ModuleEntry.of(SandboxModule.class, SandboxModule::open)
          .inRole("sandbox")
          .with(List.of(PORT, SCRIPT_PORT));

  /**
   * Priority of the account that serves every model, and those of other makers when theirs fail.
   */
  private static final int LATER = 10;

  private final SandboxProvider provider;

  private SandboxModule(SandboxProvider provider) {
    this.provider = provider;
  }

  private static SandboxModule open(ModuleSite site) {
    int scriptPort = site.settings().get(SCRIPT_PORT);
    SandboxOptions options = SandboxOptions.local(site.settings().get(PORT), site.dataDirectory());
    try {
      return new SandboxModule(
          SandboxProvider.start(scriptPort == 0 ? options : options.withScriptPort(scriptPort)));
    } catch (SandboxStartException e) {
      throw new StartException(e.getMessage() + "; choose another port with --sandbox-port");
    }
  }

  String url() {
    return provider.url();
  }

  /** Opens an account at the exchange simulator, where it is not there already. */
  void openExchangeAccount(ExchangeKeys keys, BigDecimal usdt) {
    provider.openExchangeAccount(keys, usdt);
  }

  /** The sandbox is several providers like any others, one for each protocol, over the wire. */
  void registerWith(ProviderAccounts accounts, List<ModelPrice> models) {
    register(accounts, "sandbox", Protocol.OPENAI, "/v1", LATER, Optional.empty());
    register(
        accounts,
        "sandbox-anthropic",
        Protocol.ANTHROPIC,
        "/v1",
        0,
        Optional.of(names(models, Protocol.ANTHROPIC)));
    register(
        accounts,
        "sandbox-gemini",
        Protocol.GEMINI,
        "/v1beta",
        0,
        Optional.of(names(models, Protocol.GEMINI)));
  }

  private static Set<String> names(List<ModelPrice> models, Protocol protocol) {
    return models.stream()
        .filter(model -> model.protocol() == protocol)
        .map(ModelPrice::id)
        .collect(Collectors.toSet());
  }

  private void register(
      ProviderAccounts accounts,
      String name,
      Protocol protocol,
      String path,
      int priority,
      Optional<Set<String>> models) {
    ProviderAccountId _ =
        accounts.save(
            new NewProviderAccount(
                name,
                protocol,
                name,
                provider.accountUrl() + path,
                "sandbox-key",
                priority,
                1,
                models,
                true));
  }

  @Override
  public void close() {
    provider.close();
  }
}
