package io.tollgate.data;

/** What is done within one transaction. */
@FunctionalInterface
public interface TransactionBody<T> {
  T run(Transaction transaction);
}
