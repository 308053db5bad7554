book = "false"
scales = "true"
