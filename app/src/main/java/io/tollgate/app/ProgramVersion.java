package io.tollgate.app;

/** The program's version. */
final class ProgramVersion {
  private ProgramVersion() {}

  static String number() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static int print() {
    System.out.println("tollgate " + number() + " (Java " + Runtime.version() + ")");
    return 0;
  }
}
