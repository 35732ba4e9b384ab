package io.tollgate.billing;

/** Whether calls of a service would be let through, and who pays. */
public enum QuotaAnswer {
  /** All of them are free. */
  FREE("free"),
  /** Some of them are paid, and there is money for it. */
  BALANCE("balance"),
  /** There is neither quota nor money for them. */
  INSUFFICIENT("insufficient balance"),
  /** A spend limit of the user or of the tenant leaves too little for them. */
  LIMITED("spend limit reached");

  private final String reason;

  QuotaAnswer(String reason) {
    this.reason = reason;
  }

  public boolean allowed() {
    return switch (this) {
      case FREE, BALANCE -> true;
      case INSUFFICIENT, LIMITED -> false;
    };
  }

  /** As interfaces say it. */
  public String reason() {
    return reason;
  }
}
