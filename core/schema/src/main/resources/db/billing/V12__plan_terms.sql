-- What subscribers may ask for, beside their quota.
ALTER TABLE billing.plan
  -- null: all; a name, or the beginning of names with * behind it
  ADD COLUMN models              text[]  CHECK (cardinality(models) BETWEEN 1 AND 200),
  ADD COLUMN requests_per_minute integer CHECK (requests_per_minute BETWEEN 1 AND 1000000),
  ADD COLUMN tokens_per_minute   bigint  CHECK (tokens_per_minute BETWEEN 1 AND 1000000000000),
  ADD COLUMN concurrent_max      integer CHECK (concurrent_max BETWEEN 1 AND 1000000);

-- Gateways know them by the plan's number. Where classes are generated there is no such table yet.
DO $$
BEGIN
  IF to_regclass('identity.access_terms') IS NOT NULL THEN
    INSERT INTO identity.access_terms (id, tenant_id) SELECT id, tenant_id FROM billing.plan;
    UPDATE identity.tenant_user u
       SET access_terms_id = s.plan_id
      FROM billing.subscription s
     WHERE s.tenant_id = u.tenant_id AND s.user_id = u.id AND s.state <> 'ended';
  END IF;
END
$$;

-- Plans that are bought through a payment channel.
ALTER TABLE billing.recharge_order
  -- the plan that is begun as it is paid
  ADD COLUMN plan_id         bigint REFERENCES billing.plan,
  -- the subscription that was begun
  ADD COLUMN subscription_id bigint REFERENCES billing.subscription,
  -- or why none was: the money is on the balance
  ADD COLUMN plan_refused    text   CHECK (length(plan_refused) BETWEEN 1 AND 300),
  ADD CONSTRAINT recharge_order_plan
    CHECK (num_nonnulls(subscription_id, plan_refused) <= num_nonnulls(plan_id));
CREATE UNIQUE INDEX recharge_order_subscription ON billing.recharge_order (subscription_id)
  WHERE subscription_id IS NOT NULL;
