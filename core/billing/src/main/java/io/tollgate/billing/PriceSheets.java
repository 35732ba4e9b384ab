package io.tollgate.billing;

import io.tollgate.data.ListPage;
import io.tollgate.data.ListRequest;
import io.tollgate.data.Transaction;

/**
 * Prices that operators set. A sheet that has begun, or begins within seconds, is never changed: a
 * new one takes its place. Every process sells at what was set within a second of the commit.
 */
public interface PriceSheets {
  /**
   * Makes a sheet.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} with what was given and what was
   *     expected; {@code CONFLICT} when the model has a sheet from the same moment on, or a name
   *     means another model as well
   */
  PriceSheet create(Transaction transaction, PriceSheetOrder order);

  /**
   * What making a sheet would change. Nothing is kept.
   *
   * @throws io.tollgate.ground.Refusal as {@link #create}
   */
  PricePreview preview(Transaction transaction, PriceSheetOrder order);

  /**
   * Changes a sheet that has not begun.
   *
   * @throws io.tollgate.ground.Refusal the same, {@code NOT_FOUND}, and {@code CONFLICT} when it
   *     has begun
   */
  PriceSheet replace(Transaction transaction, long id, PriceSheetOrder order);

  /**
   * Takes back a sheet that has not begun.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND}, and {@code CONFLICT} when it has begun
   */
  void remove(Transaction transaction, long id);

  /** Sheets, the newest first. */
  ListPage<PriceSheet> list(Transaction transaction, PriceSheetFilter filter, ListRequest request);

  /**
   * Makes a sheet for each model of a list whose prices are not what they are at that time: for all
   * of them or, when one cannot be, for none.
   *
   * @throws io.tollgate.ground.Refusal as {@link #create}
   */
  PriceImport importList(Transaction transaction, PriceImportOrder order);
}
