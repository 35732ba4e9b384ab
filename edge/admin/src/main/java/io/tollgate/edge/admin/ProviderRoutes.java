package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.accounts.ProviderSettings;
import io.tollgate.relay.accounts.ProviderStanding;
import io.tollgate.relay.accounts.Providers;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code /api/providers}: whose accounts there can be. */
final class ProviderRoutes implements Routes {
  private static final String PATH = "/api/providers";

  private final Transactions transactions;
  private final Providers providers;
  private final AdminList<String, ProviderStanding> list;
  private final AdminGate gate;

  ProviderRoutes(Transactions transactions, Providers providers, AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.providers = requireNonNull(providers, "providers is null");
    this.list =
        AdminList.counted(
            PATH,
            filters -> filters.text("name").orElse(""),
            providers::list,
            ProviderRow.class,
            ProviderRow::of);
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.admin();
    list.declare(table, gate, transactions);
    table.blocking(
        HttpMethod.POST, PATH, errors, gate.guard(AdminPermission.PROVIDERS, this::create));
    table.blocking(
        HttpMethod.PUT,
        PATH + "/{id}",
        errors,
        gate.guard(AdminPermission.PROVIDERS, this::change));
    table.blocking(
        HttpMethod.PATCH,
        PATH + "/{id}/toggle",
        errors,
        gate.guard(AdminPermission.PROVIDERS, this::toggle));
  }

  private Response create(Request request) {
    JsonFields body = JsonFields.of(request.json());
    ProviderSettings settings =
        new ProviderSettings(
            body.requireText("name", "lower case letters, digits and dashes"),
            ProviderAccountBody.protocols(body)
                .orElseThrow(
                    () ->
                        JsonFields.missing(
                            "protocols", "a list of openai, responses, anthropic, gemini")),
            url(body).orElse(Optional.empty()),
            JsonLists.flag(body, "enabled").orElse(true));
    return AnswerEnvelope.of(
        ProviderRow.of(transactions.write(transaction -> providers.create(transaction, settings))));
  }

  private Response change(Request request) {
    JsonFields body = JsonFields.of(request.json());
    Optional<String> name = body.text("name", "its name, which stays");
    Optional<List<Protocol>> protocols = ProviderAccountBody.protocols(body);
    Optional<Optional<String>> url = url(body);
    Optional<Boolean> enabled = JsonLists.flag(body, "enabled");
    return edit(
        request,
        old ->
            new ProviderSettings(
                name.orElse(old.name()),
                protocols.orElse(old.protocols()),
                url.orElse(old.baseUrl()),
                enabled.orElse(old.enabled())));
  }

  private Response toggle(Request request) {
    return edit(
        request,
        old -> new ProviderSettings(old.name(), old.protocols(), old.baseUrl(), !old.enabled()));
  }

  private Response edit(Request request, UnaryOperator<ProviderSettings> change) {
    long id = id(request.pathParam("id"));
    return AnswerEnvelope.of(
        ProviderRow.of(transactions.write(transaction -> providers.edit(transaction, id, change))));
  }

  /** Nothing where it stays as it is; an empty text takes it away. */
  private static Optional<Optional<String>> url(JsonFields body) {
    return body.text("base_url", "a URL")
        .map(url -> url.isBlank() ? Optional.<String>empty() : Optional.of(url.strip()));
  }

  private static long id(String text) {
    try {
      long id = Numerals.wholeNumber(text);
      if (id >= 1) {
        return id;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    throw new Refusal(ErrorCode.NOT_FOUND, "there is no provider " + GivenText.shown(text));
  }
}
