# Timed runs of isoreg: isoreg_worker.R FOLDER FILE REPEATS. Writes the fit in the order of the rows and prints
# {"seconds", "version"}. It orders x itself, so sorted and unsorted data are the same call.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
numbers <- function(name) {
  path <- file.path(folder, name)
  readBin(path, "double", n = file.size(path) / 8)
}
x <- numbers("x.f64")
y <- numbers("y.f64")
seconds <- Inf
for (i in seq_len(as.integer(arguments[3]))) {
  start <- proc.time()[["elapsed"]]
  fit <- isoreg(x, y)
  seconds <- min(seconds, proc.time()[["elapsed"]] - start)
}
fitted <- fit$yf
if (!fit$isOrd) fitted[fit$ord] <- fit$yf
writeBin(fitted, arguments[2])
cat(sprintf('{"seconds": %.6f, "version": "%s"}\n', seconds, as.character(getRversion())))
