# cudnn-frontend: headers only, 1.12 or later (older ones call what CUDA 13 removed). Taken from
# ORRERY_CUDNN_FRONTEND or the usual include folders, or else out of the Python wheel of that name, which pip
# downloads into the build folder. Sets ORRERY_CUDNN_FRONTEND_INCLUDE; empty when neither worked.
set(ORRERY_CUDNN_FRONTEND "" CACHE PATH "Folder that holds cudnn_frontend.h")

function(orrery_find_cudnn_frontend)
    set(wheel ${CMAKE_BINARY_DIR}/cudnn-frontend)
    find_path(ORRERY_CUDNN_FRONTEND_INCLUDE cudnn_frontend.h HINTS ${ORRERY_CUDNN_FRONTEND} ${wheel}/include)
    mark_as_advanced(ORRERY_CUDNN_FRONTEND_INCLUDE)
    if(ORRERY_CUDNN_FRONTEND_INCLUDE)
        return()
    endif()
    find_program(ORRERY_PYTHON NAMES python3)
    mark_as_advanced(ORRERY_PYTHON)
    if(NOT ORRERY_PYTHON)
        return()
    endif()
    # The headers are the same in the wheel of every Python.
    execute_process(COMMAND ${ORRERY_PYTHON} -m pip download --quiet --disable-pip-version-check --no-deps
        --only-binary=:all: --python-version 3.11 --implementation cp --platform manylinux_2_28_x86_64
        --dest ${wheel} "nvidia-cudnn-frontend>=1.12" RESULT_VARIABLE failed ERROR_QUIET OUTPUT_QUIET)
    file(GLOB archives ${wheel}/*.whl)
    if(failed OR NOT archives)
        return()
    endif()
    list(GET archives 0 archive)
    file(ARCHIVE_EXTRACT INPUT ${archive} DESTINATION ${wheel} PATTERNS "include/*")
    find_path(ORRERY_CUDNN_FRONTEND_INCLUDE cudnn_frontend.h HINTS ${wheel}/include)
endfunction()

orrery_find_cudnn_frontend()
