package io.tollgate.tests.house;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/**
 * The picture of the house: every bounded context, and which ones it may know. Arrows point down
 * only. What is not listed is not allowed.
 */
enum Room {
  GROUND("ground"),
  CONTRACTS("contracts", GROUND),
  TELEMETRY("telemetry", GROUND),
  POSTGRES("postgres", GROUND),
  /** The migrations, and below it the classes generated from them, one package per context. */
  SCHEMA("schema"),
  SCHEMA_GENERATOR("schema.generator", POSTGRES, GROUND),
  DATA("data", SCHEMA, POSTGRES, TELEMETRY, CONTRACTS, GROUND),
  DATA_TESTING("data.testing", DATA, SCHEMA, POSTGRES, TELEMETRY, CONTRACTS, GROUND),
  REDIS("redis", GROUND),
  WEB("web", TELEMETRY, CONTRACTS, GROUND),
  RPC("rpc", TELEMETRY, GROUND),
  LEDGER("ledger", DATA, TELEMETRY, CONTRACTS, GROUND),
  METERING("metering", LEDGER, DATA, TELEMETRY, CONTRACTS, GROUND),
  IDENTITY("identity", DATA, TELEMETRY, CONTRACTS, GROUND),
  /** Speaks the protocols of payment channels, and keeps no books. */
  PAYMENTS("payments", GROUND),
  BILLING(
      "billing", PAYMENTS, IDENTITY, METERING, LEDGER, DATA, REDIS, WEB, RPC, TELEMETRY, CONTRACTS,
      GROUND),
  /** Point cards, teams and what they earn; told of profits and holdings from above. */
  REWARDS("rewards", IDENTITY, LEDGER, DATA, WEB, TELEMETRY, CONTRACTS, GROUND),
  RELAY_PROTOCOLS("relay.protocols", CONTRACTS, GROUND),
  RELAY_ACCOUNTS("relay.accounts", DATA, REDIS, WEB, TELEMETRY, CONTRACTS, GROUND),
  RELAY_RULES("relay.rules", IDENTITY, DATA, REDIS, TELEMETRY, CONTRACTS, GROUND),
  RELAY_GATEWAY(
      "relay.gateway",
      RELAY_PROTOCOLS,
      RELAY_ACCOUNTS,
      RELAY_RULES,
      BILLING,
      IDENTITY,
      METERING,
      DATA,
      WEB,
      TELEMETRY,
      CONTRACTS,
      GROUND),
  /** Speaks the protocols of exchanges; knows no database. */
  TRADING_EXCHANGE("trading.exchange", CONTRACTS, GROUND),
  /** Places orders near an exchange: no database, and nothing of the centre. */
  TRADING_NODE("trading.node", TRADING_EXCHANGE, WEB, TELEMETRY, GROUND),
  /** Indicators and strategies: pure, no input or output. */
  TRADING_STRATEGIES("trading.strategies", CONTRACTS, GROUND),
  /** Who follows which strategy on which exchange account, and what was traded. */
  TRADING_ENGINE(
      "trading.engine",
      TRADING_EXCHANGE,
      TRADING_STRATEGIES,
      REWARDS,
      IDENTITY,
      LEDGER,
      DATA,
      TELEMETRY,
      CONTRACTS,
      GROUND),
  /** Keeps the log of requests. */
  INSIGHT("insight", RELAY_GATEWAY, METERING, DATA, WEB, CONTRACTS, GROUND),
  EDGE_SYNC(
      "edge.sync", BILLING, IDENTITY, METERING, LEDGER, DATA, WEB, TELEMETRY, CONTRACTS, GROUND),
  EDGE_BUS(
      "edge.bus",
      INSIGHT,
      RELAY_GATEWAY,
      BILLING,
      IDENTITY,
      DATA,
      WEB,
      TELEMETRY,
      CONTRACTS,
      GROUND),
  EDGE_PORTAL(
      "edge.portal",
      TRADING_ENGINE,
      TRADING_EXCHANGE,
      INSIGHT,
      RELAY_GATEWAY,
      RELAY_ACCOUNTS,
      METERING,
      LEDGER,
      PAYMENTS,
      BILLING,
      REWARDS,
      IDENTITY,
      DATA,
      WEB,
      TELEMETRY,
      CONTRACTS,
      GROUND),
  EDGE_MERCHANT(
      "edge.merchant",
      TRADING_ENGINE,
      TRADING_EXCHANGE,
      REWARDS,
      IDENTITY,
      DATA,
      WEB,
      TELEMETRY,
      CONTRACTS,
      GROUND),
  EDGE_ADMIN(
      "edge.admin",
      TRADING_ENGINE,
      TRADING_EXCHANGE,
      TRADING_STRATEGIES,
      INSIGHT,
      RELAY_GATEWAY,
      RELAY_ACCOUNTS,
      RELAY_RULES,
      RELAY_PROTOCOLS,
      BILLING,
      REWARDS,
      PAYMENTS,
      IDENTITY,
      METERING,
      LEDGER,
      DATA,
      WEB,
      TELEMETRY,
      CONTRACTS,
      GROUND),
  /** Serves the pages, and knows nothing of what they show. */
  EDGE_CONSOLE("edge.console", WEB, GROUND),
  /** What the tests of several contexts stand on; no part of the program. */
  SITE_TESTING(
      "site.testing", RELAY_ACCOUNTS, IDENTITY, LEDGER, DATA_TESTING, DATA, WEB, CONTRACTS, GROUND),
  SANDBOX("sandbox"),
  APP(
      "app",
      SANDBOX,
      EDGE_ADMIN,
      EDGE_SYNC,
      EDGE_BUS,
      EDGE_PORTAL,
      EDGE_MERCHANT,
      EDGE_CONSOLE,
      TRADING_NODE,
      TRADING_ENGINE,
      TRADING_EXCHANGE,
      TRADING_STRATEGIES,
      INSIGHT,
      RELAY_GATEWAY,
      RELAY_RULES,
      RELAY_ACCOUNTS,
      RELAY_PROTOCOLS,
      BILLING,
      REWARDS,
      PAYMENTS,
      IDENTITY,
      METERING,
      LEDGER,
      DATA,
      REDIS,
      WEB,
      RPC,
      POSTGRES,
      TELEMETRY,
      CONTRACTS,
      GROUND);

  static final String ROOT = "io.tollgate.";

  private final String packageName;
  private final Set<Room> below;

  Room(String name, Room... below) {
    this.packageName = ROOT + name;
    this.below = Set.of(below);
  }

  /** The context that a package belongs to: the one with the longest name that fits. */
  static Optional<Room> of(String packageName) {
    return Arrays.stream(values())
        .filter(room -> within(packageName, room.packageName))
        .max(Comparator.comparingInt(room -> room.packageName.length()));
  }

  boolean mayKnow(Room other) {
    return this == other || below.contains(other);
  }

  /** Whether classes generated from the schema of some context stand in the package. */
  static boolean isGenerated(String packageName) {
    return of(packageName).filter(room -> room == SCHEMA).isPresent()
        && !packageName.equals(SCHEMA.packageName);
  }

  /** Package of the generated classes that this context owns. */
  String generatedPackage() {
    return ROOT + "schema." + packageName.substring(ROOT.length()).split("\\.")[0];
  }

  static boolean within(String packageName, String parent) {
    return packageName.equals(parent) || packageName.startsWith(parent + ".");
  }
}
