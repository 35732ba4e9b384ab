package io.tollgate.app;

/** The program's version. */
final class Version {
  private Version() {}

  static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static int print() {
    System.out.println("tollgate " + number() + " (Java " + Runtime.version() + ")");
    return 0;
  }
}
