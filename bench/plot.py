def picture(run, path):
    return path
