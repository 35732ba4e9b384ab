package io.tollgate.tests.upstream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes one program for all of them, which is started for the first and stopped after
 * the last; after each class its books and logs are looked at. It reserves little for a request
 * without a limit, so that most use goes beyond what was reserved.
 */
public final class SharedSite implements ParameterResolver, AfterAllCallback {
  private static final ExtensionContext.Namespace SHARED =
      ExtensionContext.Namespace.create(SharedSite.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Site resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return site(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    site(context).checkBooksAndLogs();
  }

  private static Site site(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(SHARED)
        .computeIfAbsent(
            Site.class,
            type -> Site.start("--cors-origins=" + Site.ORIGIN, "--relay-estimate-output-cap=16"),
            Site.class);
  }
}
