# Timed runs of isoreg: isoreg_worker.R FOLDER FILE REPEATS SETS. Writes the fit in the order of the rows and prints
# {"seconds", "version"}. It orders x itself, so sorted and unsorted data are the same call.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]
sets <- as.integer(arguments[4])
numbers <- function(name) {
  path <- file.path(folder, name)
  matrix(readBin(path, "double", n = file.size(path) / 8), ncol = sets)
}
x <- numbers("x.f64")
y <- numbers("y.f64")
seconds <- Inf
for (i in seq_len(as.integer(arguments[3]))) {
  fits <- vector("list", sets)
  start <- proc.time()[["elapsed"]]
  for (k in seq_len(sets)) fits[[k]] <- isoreg(x[, k], y[, k])
  seconds <- min(seconds, (proc.time()[["elapsed"]] - start) / sets)
}
fitted <- lapply(fits, function(fit) {
  rows <- fit$yf
  if (!fit$isOrd) rows[fit$ord] <- fit$yf
  rows
})
writeBin(unlist(fitted), arguments[2])
cat(sprintf('{"seconds": %.6f, "version": "%s"}\n', seconds, as.character(getRversion())))
