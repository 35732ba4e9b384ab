-- That all users of a tenant who had free quota before were given that of a month.
CREATE TABLE billing.month_reset (
  tenant_id bigint      NOT NULL CHECK (tenant_id > 0),
  month     text        NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  done_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, month)
);

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.month_reset FROM tollgate_app;
  END IF;
END
$$;
