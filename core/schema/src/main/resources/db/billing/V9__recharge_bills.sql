-- Which day's bill of its channel a payment or refund stood in.
ALTER TABLE billing.recharge_payment ADD COLUMN billed_on date;
ALTER TABLE billing.recharge_refund ADD COLUMN billed_on date;
CREATE INDEX recharge_payment_unbilled ON billing.recharge_payment (method, received_at)
  WHERE billed_on IS NULL;
CREATE INDEX recharge_refund_unbilled ON billing.recharge_refund (updated_at)
  WHERE billed_on IS NULL AND state = 'booked';
