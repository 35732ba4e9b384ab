package io.tollgate.trading.exchange;

/** Events that go on until it is closed. */
public interface EventStream extends AutoCloseable {
  @Override
  void close();
}
