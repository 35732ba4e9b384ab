-- A charge that is given back is noted with who did it; and who took and closed what could not be booked.
SELECT watch.begin('billing.charge_refund');
SELECT watch.begin('metering.loss');
SELECT watch.begin('metering.declared_lost');
-- how long requests are kept, where that was said while the program ran
SELECT watch.begin('insight.usual_retention');
