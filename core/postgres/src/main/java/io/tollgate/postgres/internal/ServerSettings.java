package io.tollgate.postgres.internal;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The server's settings, given on its command line so that no file in the cluster is ours. */
final class ServerSettings {
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("fsync", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("max_connections", "100"),
          Map.entry("shared_buffers", sharedBuffers()),
          Map.entry("max_wal_size", "1GB"),
          Map.entry("checkpoint_timeout", "15min"),
          Map.entry("jit", "off"),
          // small machine: no pool of I/O workers, no parallel plans
          Map.entry("io_method", "sync"),
          Map.entry("max_parallel_workers_per_gather", "0"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("logging_collector", "off"),
          Map.entry("log_destination", "stderr"),
          // statements and their values may hold what is secret
          Map.entry("log_min_error_statement", "panic"),
          Map.entry("log_parameter_max_length_on_error", "0"));

  private static final long MEMORY_BY_BUFFERS = 32;
  private static final long LEAST_BUFFERS_MIB = 128;
  private static final long MAX_BUFFERS_MIB = 1_024;

  private ServerSettings() {}

  /** Taken page by page as it is needed: what is not used costs nothing. */
  private static String sharedBuffers() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long mib = system.getTotalMemorySize() / MEMORY_BY_BUFFERS / 1_048_576;
    return Math.clamp(mib, LEAST_BUFFERS_MIB, MAX_BUFFERS_MIB) + "MB";
  }

  static List<String> arguments(Map<String, String> over, int port) {
    Map<String, String> all = new TreeMap<>(DEFAULTS);
    all.putAll(over);
    all.put("port", Integer.toString(port));
    List<String> arguments = new ArrayList<>();
    all.forEach(
        (name, value) -> {
          arguments.add("-c");
          arguments.add(name + "=" + value);
        });
    return arguments;
  }
}
