package io.tollgate.tests.observe;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What node-exporter and cAdvisor told of a machine once, served as if they ran. */
final class RecordedSeries implements AutoCloseable {
  private static final String NODE =
      """
      # TYPE node_cpu_seconds_total counter
      node_cpu_seconds_total{cpu="0",mode="idle"} 69322.41
      node_cpu_seconds_total{cpu="0",mode="user"} 3128.07
      # TYPE node_filesystem_avail_bytes gauge
      node_filesystem_avail_bytes{device="/dev/vda1",fstype="ext4",mountpoint="/"} 4.1e+10
      # TYPE node_filesystem_size_bytes gauge
      node_filesystem_size_bytes{device="/dev/vda1",fstype="ext4",mountpoint="/"} 8.2e+10
      # TYPE node_memory_MemAvailable_bytes gauge
      node_memory_MemAvailable_bytes 1.9e+10
      # TYPE node_network_receive_bytes_total counter
      node_network_receive_bytes_total{device="eth0"} 5.1e+08
      # TYPE node_network_transmit_bytes_total counter
      node_network_transmit_bytes_total{device="eth0"} 2.2e+08
      """;
  private static final String CONTAINERS =
      """
      # TYPE container_memory_working_set_bytes gauge
      container_memory_working_set_bytes{id="/docker/1",name="tollgate"} 4.2e+08
      # TYPE container_spec_memory_limit_bytes gauge
      container_spec_memory_limit_bytes{id="/docker/1",name="tollgate"} 1.1e+09
      # TYPE container_cpu_usage_seconds_total counter
      container_cpu_usage_seconds_total{cpu="total",id="/docker/1",name="tollgate"} 812.5
      """;

  private final HttpServer server;

  private RecordedSeries(String series) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] body = series.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/metrics",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  static RecordedSeries ofNode() throws IOException {
    return new RecordedSeries(NODE);
  }

  static RecordedSeries ofContainers() throws IOException {
    return new RecordedSeries(CONTAINERS);
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
