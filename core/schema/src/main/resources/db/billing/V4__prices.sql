-- Prices beside the list that comes with the program. A sheet is what a model costs from a moment on,
-- until the next sheet of the model begins; before the first one the list's row holds. What has begun
-- is never changed: price versions name it.
CREATE TABLE billing.price_sheet (
  id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  model          text        NOT NULL CHECK (length(model) BETWEEN 1 AND 128),
  effective_from timestamptz NOT NULL,
  -- a row of a price list, as prices/models.yaml describes it; decimals are texts
  sheet          jsonb       NOT NULL CHECK (jsonb_typeof(sheet) = 'object'),
  admin_id       bigint,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CONSTRAINT price_sheet_once UNIQUE (model, effective_from)
);
CREATE INDEX price_sheet_by_model ON billing.price_sheet (model, id);

-- By what list prices are multiplied for all users of a tenant, or for one of them besides.
CREATE TABLE billing.price_multiplier (
  id         bigint        GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id  bigint        NOT NULL CHECK (tenant_id > 0),
  user_id    bigint        CHECK (user_id > 0),
  multiplier numeric(8, 4) NOT NULL CHECK (multiplier BETWEEN 0 AND 10),
  admin_id   bigint,
  created_at timestamptz   NOT NULL,
  updated_at timestamptz   NOT NULL,
  CONSTRAINT price_multiplier_once UNIQUE NULLS NOT DISTINCT (tenant_id, user_id)
);
CREATE INDEX price_multiplier_by_tenant ON billing.price_multiplier (tenant_id, id);

-- Tells processes that have all prices in memory to read them again.
CREATE FUNCTION billing.tell_prices() RETURNS trigger
  LANGUAGE plpgsql AS
$$
BEGIN
  PERFORM pg_notify('tollgate_prices', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER price_sheet_changed
  AFTER INSERT OR UPDATE OR DELETE ON billing.price_sheet
  FOR EACH STATEMENT EXECUTE FUNCTION billing.tell_prices();

CREATE TRIGGER price_multiplier_changed
  AFTER INSERT OR UPDATE OR DELETE ON billing.price_multiplier
  FOR EACH STATEMENT EXECUTE FUNCTION billing.tell_prices();

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE TRUNCATE ON billing.price_sheet, billing.price_multiplier FROM tollgate_app;
  END IF;
END
$$;
