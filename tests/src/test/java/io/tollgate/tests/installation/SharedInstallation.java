package io.tollgate.tests.installation;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes one installation for all of them, which is started for the first and ends with
 * the process; after each class its books are looked at. It is for classes that neither kill nor
 * configure it, do not ask for more than the demo's first two users have, and leave the others as
 * they were.
 */
public final class SharedInstallation implements ParameterResolver, AfterAllCallback {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Installation.class;
  }

  @Override
  public Installation resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Shared.INSTALLATION;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Shared.INSTALLATION.assertBooksAreClean();
  }

  /** One for all classes of a process: each of them is a run of its own for JUnit. */
  private static final class Shared {
    static final Installation INSTALLATION = Installation.start();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(INSTALLATION::abandon));
    }
  }
}
