# Rscript clients.R ADDRESS: what rsdmx reads, a line for each.
suppressMessages(library(rsdmx))
base <- paste0(commandArgs(trailingOnly = TRUE)[1], "/sdmx/v1")
for (form in c("genericdata", "xml21")) {
  url <- paste0(base, "/data/DF_NATIONAL/A.BRA.VIC_DETECT/all/?startPeriod=2015&format=", form)
  frame <- as.data.frame(readSDMX(url))
  value <- if (is.null(frame$obsValue)) frame$OBS_VALUE else frame$obsValue
  cat(form, nrow(frame), sum(as.numeric(value)), "\n")
}
builder <- SDMXREST21RequestBuilder(regUrl = base, repoUrl = base, compliant = TRUE)
addSDMXServiceProvider(SDMXServiceProvider(agencyId = "TIPSTAT", name = "x", builder = builder))
sink("/dev/null")
flows <- as.data.frame(readSDMX(providerId = "TIPSTAT", resource = "dataflow"))
data <- readSDMX(providerId = "TIPSTAT", resource = "data", flowRef = "DF_NATIONAL",
                 key = list("A", "BRA", "VIC_DETECT"), start = 2015, dsd = TRUE)
sink()
cat("flows", flows$id, "\n")
frame <- as.data.frame(data, labels = TRUE)
of <- function(column, letters) paste(sapply(c("en", "es", "pt", "fr"), function(language)
  substr(unique(frame[[paste0(column, "_label.", language)]]), 1, letters)), collapse = ";")
cat("labels", of("INDICATOR", 99), "\n")
cat("sources", of("DATA_SOURCE", 9), "\n")
