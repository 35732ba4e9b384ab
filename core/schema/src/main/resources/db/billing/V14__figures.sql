-- What was sold, paid in and given back on a day, of all users: for the dashboard.
CREATE INDEX service_day_by_day ON billing.service_day (day, tenant_id);
CREATE INDEX recharge_payment_by_time ON billing.recharge_payment (received_at)
  WHERE role = 'credited';
CREATE INDEX recharge_refund_booked ON billing.recharge_refund (updated_at) WHERE state = 'booked';
