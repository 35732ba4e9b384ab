SELECT watch.begin('insight.log_retention');
