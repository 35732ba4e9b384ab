package io.tollgate.relay.gateway.rig;

import io.tollgate.identity.ConcurrencyLimits;
import io.tollgate.metering.Passage;
import io.tollgate.metering.Passages;
import io.tollgate.relay.accounts.AccountRouting;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.gateway.RelayParts;
import io.tollgate.web.RequestContext;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.StreamRoute;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the gateway and everything that it calls, from the caller's request to the
 * upstream's answer, and throws at the call that is named: so a request can be made to fail at each
 * of its steps, without a switch in what is tested. Also counts what was taken and not given back.
 */
public final class FailingCalls {
  /** How a call fails. */
  public enum Mode {
    /** Without having done anything. */
    BEFORE,
    /** Having done what it was to do. */
    AFTER,
    /** Like {@link #BEFORE}, and the next call too. */
    TWICE
  }

  /** What is thrown. */
  static final class Planted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Planted(String call) {
      super("planted at " + call, null, false, false);
    }
  }

  /** Uses of accounts and admissions that have been given and not been ended. */
  public final Set<Object> taken =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  private final AtomicInteger calls = new AtomicInteger();
  private volatile int failing = Integer.MAX_VALUE;
  private volatile Mode mode = Mode.BEFORE;
  private volatile @Nullable String planted;

  /** Makes one of the calls from here on fail: the first is 1. */
  public void plant(int call, Mode how) {
    planted = null;
    mode = how;
    calls.set(0);
    failing = call;
  }

  /** Nothing fails from here on. */
  public void stop() {
    failing = Integer.MAX_VALUE;
  }

  /** The call that failed, if it was reached. */
  public @Nullable String planted() {
    return planted;
  }

  public UnaryOperator<RelayParts> around() {
    return parts ->
        new RelayParts(
            parts.config(),
            failing(io.tollgate.identity.ApiKeys.class, parts.apiKeys()),
            failing(io.tollgate.identity.RequestLimits.class, parts.requestLimits()),
            failing(io.tollgate.identity.TokenLimits.class, parts.tokenLimits()),
            failing(ConcurrencyLimits.class, parts.concurrencyLimits()),
            failing(io.tollgate.billing.ModelPrices.class, parts.prices()),
            (loop, executor) -> failing(Passages.class, parts.passages().join(loop, executor)),
            failing(AccountRouting.class, parts.routing()),
            parts.tokenCounter(),
            vertx -> failing(HttpClient.class, parts.clients().apply(vertx)),
            parts.meters(),
            parts.clock(),
            parts.spoolFolder());
  }

  public UnaryOperator<Routes> within() {
    return routes ->
        (table, loop, vertx) ->
            routes.declare(
                (RouteTable)
                    Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {RouteTable.class},
                        (_, method, arguments) -> {
                          Object[] with = arguments.clone();
                          for (int i = 0; i < with.length; i++) {
                            if (with[i] instanceof StreamRoute route) {
                              with[i] = failing(route);
                            }
                          }
                          return method.invoke(table, with);
                        }),
                loop,
                vertx);
  }

  private StreamRoute failing(StreamRoute route) {
    return (RequestContext context, HttpServerRequest request) ->
        route.handle(context, failing(HttpServerRequest.class, request));
  }

  private <T> T failing(Class<T> type, T target) {
    return type.cast(
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> call(type, proxy, target, method, arguments)));
  }

  private @Nullable Object call(
      Class<?> type, Object proxy, Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(target, arguments);
    }
    String name = type.getSimpleName() + "." + method.getName();
    int number = calls.incrementAndGet();
    boolean fails = number == failing || (mode == Mode.TWICE && number == failing + 1);
    if (fails) {
      planted = planted == null ? name : planted + " and " + name;
      if (mode != Mode.AFTER) {
        throw new Planted(name);
      }
    }
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    count(target, method);
    Object watched = result == target ? proxy : watched(result);
    // what takes something and fails all the same has not handed it over: nobody could give it back
    boolean handsOver =
        result instanceof AccountRouting.Choice.Chosen
            || result instanceof ConcurrencyLimits.Admitted
            || name.equals("Passages.open");
    if (fails && !handsOver) {
      throw new Planted(name);
    }
    return watched;
  }

  private void count(Object target, Method method) {
    if (target instanceof ConcurrencyLimits.Admitted
        || (target instanceof AccountUse && !method.getName().equals("account"))) {
      taken.remove(target);
    }
  }

  private @Nullable Object watched(@Nullable Object result) {
    return switch (result) {
      case Future<?> future -> future.map(this::watched);
      case CompletionStage<?> stage -> stage.thenApply(this::watched);
      case HttpServerResponse response -> failing(HttpServerResponse.class, response);
      case HttpClientRequest request -> failing(HttpClientRequest.class, request);
      case HttpClientResponse response -> failing(HttpClientResponse.class, response);
      case Passage passage -> failing(Passage.class, passage);
      case AccountRouting.Choice.Chosen chosen -> {
        taken.add(chosen.use());
        yield new AccountRouting.Choice.Chosen(failing(AccountUse.class, chosen.use()));
      }
      case ConcurrencyLimits.Admitted one -> {
        taken.add(one);
        yield failing(ConcurrencyLimits.Admitted.class, one);
      }
      case null, default -> result;
    };
  }
}
