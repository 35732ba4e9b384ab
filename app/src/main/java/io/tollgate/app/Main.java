package io.tollgate.app;

/** Entry of the program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(ProgramCommands.run(arguments));
  }
}
