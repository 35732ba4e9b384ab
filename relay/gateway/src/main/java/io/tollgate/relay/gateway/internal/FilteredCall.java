package io.tollgate.relay.gateway.internal;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.KeyHolder;
import io.tollgate.relay.gateway.internal.filter.FilterPhase;
import io.tollgate.relay.gateway.internal.filter.FilterQuestion;
import io.tollgate.relay.gateway.internal.filter.FilterVerdict;
import io.tollgate.relay.gateway.internal.loop.RequestResources;
import io.tollgate.relay.gateway.internal.passage.AnswerCheck;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.rules.FilterRule;
import io.tollgate.web.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request whose tenant has a filter: what the filter is asked about it, and its answer. */
final class FilteredCall implements AnswerCheck {
  private static final Logger log = LoggerFactory.getLogger(FilteredCall.class);

  private final RequestResources resources;
  private final KeyHolder holder;
  private final CallerRequest request;
  private final FilterRule rule;

  FilteredCall(
      RequestResources resources, KeyHolder holder, CallerRequest request, FilterRule rule) {
    this.resources = resources;
    this.holder = holder;
    this.request = request;
    this.rule = rule;
  }

  /** Hears what the filter said of a request. */
  interface Listener {
    void goesOn();

    /** It goes on with another body, which was not read yet. */
    void rewritten(byte[] body);

    void refused(Refusal refusal);
  }

  void before(Listener listener) {
    if (!isJson(request.body())) {
      failed("cannot be asked about a body that is no JSON", listener);
      return;
    }
    FilterQuestion question =
        FilterQuestion.ofJson(
            FilterPhase.REQUEST, about(FilterPhase.REQUEST), "body", request.body());
    ask(
        question,
        verdict -> {
          switch (verdict) {
            case FilterVerdict.Allow _ -> listener.goesOn();
            case FilterVerdict.Refuse refuse -> listener.refused(refusal(refuse));
            case FilterVerdict.Rewrite rewrite -> listener.rewritten(rewrite.body());
            case FilterVerdict.Failed failed -> failed(failed.what(), listener);
          }
        });
  }

  /** What it rewrote the request to cannot be asked for. */
  void rewroteBadly(Listener listener) {
    failed("rewrites a request to what is none", listener);
  }

  private void failed(String what, Listener listener) {
    log(what);
    if (rule.failOpen()) {
      listener.goesOn();
    } else {
      listener.refused(silent());
    }
  }

  @Override
  public void check(Optional<byte[]> answer, Consumer<Optional<Refusal>> verdict) {
    if (answer.isEmpty()) {
      verdict.accept(failedAfter("is not asked about so much"));
      return;
    }
    byte[] shown = request.stream() || !isJson(answer.get()) ? text(answer.get()) : answer.get();
    ask(
        FilterQuestion.ofJson(FilterPhase.ANSWER, about(FilterPhase.ANSWER), "answer", shown),
        said ->
            verdict.accept(
                switch (said) {
                  case FilterVerdict.Allow _ -> Optional.empty();
                  case FilterVerdict.Refuse refuse -> Optional.of(refusal(refuse));
                  case FilterVerdict.Rewrite _ -> failedAfter("wants to rewrite an answer");
                  case FilterVerdict.Failed failed -> failedAfter(failed.what());
                }));
  }

  private Optional<Refusal> failedAfter(String what) {
    log(what);
    return rule.failOpen() ? Optional.empty() : Optional.of(silent());
  }

  private void ask(FilterQuestion question, Consumer<FilterVerdict> said) {
    CompletionStage<FilterVerdict> asked = resources.loop().filters().ask(rule, question);
    resources.take(
        asked,
        said,
        failure -> {
          throw new IllegalStateException("a filter could not be asked", failure);
        });
  }

  private Map<String, Object> about(FilterPhase phase) {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("phase", phase.code());
    about.put("request_id", resources.id().toString());
    about.put("tenant_id", holder.tenant().value());
    about.put("user_id", holder.externalId());
    about.put("api_key_id", holder.key().value());
    about.put("protocol", request.protocol().code());
    about.put("model", request.model());
    about.put("stream", request.stream());
    return about;
  }

  private static byte[] text(byte[] answer) {
    return Json.write(new String(answer, StandardCharsets.UTF_8));
  }

  /** Whether it begins as an object or array; what is passed on was read as JSON before. */
  private static boolean isJson(byte[] body) {
    for (byte each : body) {
      if (each > ' ') {
        return each == '{' || each == '[';
      }
    }
    return false;
  }

  private static Refusal refusal(FilterVerdict.Refuse refuse) {
    return new Refusal(ErrorCode.REFUSED_BY_FILTER, refuse.message());
  }

  private static Refusal silent() {
    return new Refusal(
        ErrorCode.UNAVAILABLE, "the filter that requests of this key go through did not answer");
  }

  private void log(String what) {
    resources
        .addTo(log.atWarn())
        .addKeyValue("tenant_id", holder.tenant().value())
        .addKeyValue("filter_rule", rule.id())
        .addKeyValue("fail_open", rule.failOpen())
        .addKeyValue("reason", what)
        .log("a filter did not answer as it should");
  }
}
