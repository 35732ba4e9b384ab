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
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Site.class;
  }

  @Override
  public Site resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return site();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    site().checkBooksAndLogs();
  }

  private static Site site() {
    return Shared.SITE;
  }

  /**
   * One for all classes of a process: each of them is a run of its own for JUnit, whose stores end
   * with it.
   */
  private static final class Shared {
    static final Site SITE =
        Site.start("--cors-origins=" + Site.ORIGIN, "--relay-estimate-output-cap=16");

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(SITE::abandon));
    }
  }
}
